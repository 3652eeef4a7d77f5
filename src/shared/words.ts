/** A text in English with what stands for its `{0}`, `{1}` …: said as it is, or in another language where there is one. */
export type Words = readonly [english: string, ...args: readonly (string | number)[]];

/** The text with its holes filled. */
export function said([english, ...args]: Words): string {
  return english.replace(/\{(\d+)\}/g, (hole, index: string) => String(args[Number(index)] ?? hole));
}

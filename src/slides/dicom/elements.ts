import dicomParser, { type ByteStream, type Element } from 'dicom-parser';

/** Where a value lies in its file, bytes; `length` is undefined where it ends with a delimiter. */
export interface Located {
  readonly offset: number;
  readonly length: number | undefined;
}

/** A length that says: up to the delimiter. */
export const undefinedLength = 0xffffffff;

/** VRs whose length takes 4 bytes, after 2 that are reserved. */
export const longVr = /^(O[BDFLVW]|S[QV]|U[CNRTV])$/;

/** @throws what dicom-parser throws, and Error where a sequence is cut short, which it passes over. */
export function readElement(stream: ByteStream, explicit: boolean): Element {
  const warnings: string[] = [];
  const element = explicit ? dicomParser.readDicomElementExplicit(stream, warnings) : dicomParser.readDicomElementImplicit(stream);
  if (warnings.length > 0) throw new Error(warnings[0]);
  return element;
}

export function peekTag(stream: ByteStream): string {
  const tag = dicomParser.readTag(stream);
  stream.seek(-4);
  return tag;
}

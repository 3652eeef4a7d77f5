/** What tables write where nothing is known. */
const missing = /^(|na|n\/a|nan|null|none|nil|unknown|-|\?|\.)$/i;

export function isMissing(cell: string): boolean {
  return missing.test(cell.trim());
}

/** The number a cell holds: of a quantity, a share ("40 %"), a decimal comma, or of a date its days in order; NaN where it holds none. */
export function numberIn(cell: string): number {
  const text = cell.trim();
  if (isMissing(text)) return NaN;
  const asItStands = Number(text);
  if (!Number.isNaN(asItStands)) return asItStands;
  const plain = Number(text.replace(/\s*%$/, '').replace(/^(-?\d+),(\d+)$/, '$1.$2'));
  return Number.isNaN(plain) ? dateIn(text) : plain;
}

/** A date as a number that grows with it; of 3/4/2021 nobody knows which is the month, and the order hardly depends on it. NaN where there is none. */
export function dateIn(text: string): number {
  const [, year, month, day] = /(?<!\d)((?:19|20)\d\d)[-_./]?([01]\d)[-_./]?([0-3]\d)(?!\d)/.exec(text) ?? [];
  if (year !== undefined) return Number(year) * 372 + Number(month) * 31 + Number(day);
  const [, first, second, last] = /(?<!\d)([0-3]?\d)[-_./]([0-3]?\d)[-_./]((?:19|20)\d\d)(?!\d)/.exec(text) ?? [];
  if (last === undefined) return NaN;
  const american = text.includes('/') ? Number(second) > 12 || Number(first) <= 12 : Number(second) > 12;
  return Number(last) * 372 + Number(american ? first : second) * 31 + Number(american ? second : first);
}

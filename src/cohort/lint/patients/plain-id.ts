/** Letters of other scripts that look like Latin ones, as keyboards and character recognition mix them up; lower case. */
const lookAlikes: Readonly<Record<string, string>> = { а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i', ѕ: 's', ј: 'j', α: 'a', β: 'b', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x' };
/** Arabic and Persian digits begin here. */
const otherZeros = [0x660, 0x6f0];
const separators = /[\s\p{Pd}_./\\:#]+/gu;

/**
 * A patient's id without what people write in several ways: case, accents, look-alike letters, invisible characters, quotes (spreadsheets mark text by one), the
 * separators between letters and digits, an O or l for a digit within a number that ends it, zeros that lead a number, the ".0" of a number read as a decimal, and a word for
 * "patient" before a number. "P-017", "p17" and "Patient 17" are one; "17-001" and "17001" are two.
 */
export function plainId(id: string): string {
  return id
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}'"`]/gu, '')
    .toLowerCase()
    .replace(/\p{L}/gu, (letter) => lookAlikes[letter] ?? letter)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => `${digit.charCodeAt(0) - otherZeros.findLast((zero) => zero <= digit.charCodeAt(0))!}`)
    .trim()
    .replace(/^(\d+)\.0+$/, '$1')
    .replace(separators, (_, at: number, all: string) => (/\d$/.test(all.slice(0, at)) && /^[\s\p{Pd}_./\\:#]+\d/u.test(all.slice(at)) ? '-' : ''))
    // Within the digits alone: "12L" may be a side, "O1" a prefix, and a code of letters and digits anything.
    .replace(/^(\D*\d)([\doil]*)(?=\d$)/, (_, start: string, within: string) => start + within.replaceAll('o', '0').replace(/[il]/g, '1'))
    .replace(/(?<!\d)0+(?=\d)/g, '')
    .replace(/^(patient|pat|pt|p|subject|subj|sub|case|id)(?=\d)/, '');
}

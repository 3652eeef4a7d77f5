import type { RankedPair, RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { number, signed, spaceName } from '../words.js';

/** Units of the drawing; it stretches to the width of the panel. */
const height = 92;
const rows = { positive: 26, margin: 46, negative: 66 } as const;

/** The top K of both slides on one axis, their means, and the margin that should lie between these. */
export function MarginStrip({ shown, slides }: { readonly shown: RankingOverview; readonly slides: RankedPair }) {
  const { positive, negative, shortfall, hinge } = slides;
  const { loss } = shown;
  const beyond = shortfall !== null && shortfall > 0;
  const verdict = beyond ? t('falls short of the margin by {0}', number(shortfall)) : t('keeps the margin, with {0} to spare', number(shortfall === null ? null : -shortfall));
  const sum = t('hinge = max(0, {0} − {1} + {2}) = {3}', number(loss.margin), bracket(positive.mean), bracket(negative.mean), number(hinge));
  return (
    <section class="strip" aria-labelledby="strip-title">
      <h2 id="strip-title" class={beyond ? 'violated' : 'kept'}>
        <span class={`codicon codicon-${beyond ? 'warning' : 'pass'}`} aria-hidden="true" /> {t('This pair {0}', verdict)}
      </h2>
      <p class="formula">{sum}</p>
      {positive.mean !== null && negative.mean !== null && <Drawing slides={slides} margin={loss.margin} means={[positive.mean, negative.mean]} unit={spaceName(loss)} />}
    </section>
  );
}

function bracket(value: number | null): string {
  return value !== null && value < 0 ? `(${number(value)})` : number(value);
}

function Drawing({ slides, margin, means: [positive, negative], unit }: { readonly slides: RankedPair; readonly margin: number; readonly means: readonly [number, number]; readonly unit: string }) {
  const goal = negative + margin;
  const all = [...slides.positive.values, ...slides.negative.values, goal];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const pad = (high - low || 1) * 0.06;
  const place = (value: number): string => `${(100 * (value - low + pad)) / (high - low + 2 * pad)}%`;
  const summary = t('Axis of the {0}: positive mean {1}, negative mean {2}, margin up to {3}.', unit, signed(positive), signed(negative), signed(goal));
  return (
    <svg class="axis" height={height} role="img" aria-label={summary}>
      <line class="base" x1="0" x2="100%" y1={rows.positive} y2={rows.positive} />
      <line class="base" x1="0" x2="100%" y1={rows.negative} y2={rows.negative} />
      <line class="margin" x1={place(negative)} x2={place(goal)} y1={rows.margin} y2={rows.margin} />
      <line class="margin" x1={place(goal)} x2={place(goal)} y1={rows.margin - 7} y2={rows.margin + 7} />
      {positive < goal && <line class="short" x1={place(positive)} x2={place(goal)} y1={rows.positive + 10} y2={rows.positive + 10} />}
      {Array.from(slides.positive.values, (value, i) => (
        <circle key={`p${i}`} class="positive" cx={place(value)} cy={rows.positive} r="4" />
      ))}
      {Array.from(slides.negative.values, (value, i) => (
        <rect key={`n${i}`} class="negative" x={place(value)} y={rows.negative - 4} width="8" height="8" />
      ))}
      <Mean at={place(positive)} row={rows.positive} label={t('positive mean {0}', signed(positive))} above />
      <Mean at={place(negative)} row={rows.negative} label={t('negative mean {0}', signed(negative))} />
      <text class="goal" x={place(goal)} y={rows.margin + 4} dx="6">
        {t('margin')}
      </text>
    </svg>
  );
}

function Mean({ at, row, label, above = false }: { readonly at: string; readonly row: number; readonly label: string; readonly above?: boolean }) {
  return (
    <>
      <line class="mean" x1={at} x2={at} y1={row - 10} y2={row + 10} />
      <text x={at} y={above ? row - 14 : row + 23} text-anchor="middle">
        {label}
      </text>
    </>
  );
}

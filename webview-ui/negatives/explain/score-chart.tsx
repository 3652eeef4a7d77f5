import type { RoundOfPatch } from '../../../src/shared/rpc/explain.js';
import { t } from '../../shared/l10n.js';
import { roundWords } from './words.js';

const [width, height] = [260, 84];
const plot = { left: 24, right: 252, top: 6, bottom: 66 };

/** A patch over the rounds: its score, and below or above it its place among the patches of negative slides. Marks are full where it was mined. */
export function ScoreChart({ history, shown }: { readonly history: readonly RoundOfPatch[]; readonly shown: number }) {
  const rounds = history.map(({ round }) => round);
  const [first, last] = [rounds[0]!, rounds.at(-1)!];
  const x = (round: number): number => (first === last ? (plot.left + plot.right) / 2 : plot.left + ((round - first) / (last - first)) * (plot.right - plot.left));
  const y = (share: number): number => plot.bottom - share * (plot.bottom - plot.top);
  const placed = history.flatMap(({ round, quantile }) => (quantile === null ? [] : [{ round, value: quantile }]));
  return (
    <figure class="history">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={history.map(roundWords).join('; ')}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line class="history-line" x1={plot.left} x2={plot.right} y1={y(share)} y2={y(share)} />
            <text class="history-text" x={plot.left - 5} y={y(share) + 3} text-anchor="end">
              {share}
            </text>
          </g>
        ))}
        <line class="history-shown" x1={x(shown)} x2={x(shown)} y1={plot.top} y2={plot.bottom} />
        {rounds.filter((round) => round === first || round === last || round === shown).map((round) => (
          <text key={round} class="history-text" x={x(round)} y={height - 5} text-anchor="middle">
            {round}
          </text>
        ))}
        <polyline class="history-quantile" points={placed.map(({ round, value }) => `${x(round)},${y(value)}`).join(' ')} />
        <polyline class="history-score" points={history.map(({ round, score }) => `${x(round)},${y(score)}`).join(' ')} />
        {placed.map(({ round, value }) => (
          <rect key={round} class="history-place" x={x(round) - 2.5} y={y(value) - 2.5} width={5} height={5} />
        ))}
        {history.map((one) => (
          <circle key={one.round} class={one.role === 'none' ? 'history-dot' : 'history-dot history-mined'} cx={x(one.round)} cy={y(one.score)} r={3.5}>
            <title>{roundWords(one)}</title>
          </circle>
        ))}
      </svg>
      <figcaption class="soft">
        <span class="history-key">{t('score (full: mined)')}</span> <span class="history-key history-key-quantile">{t('share of patches of negative slides below it')}</span>
      </figcaption>
    </figure>
  );
}

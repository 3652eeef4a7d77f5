import { t } from '../shared/l10n.js';
import { Bar } from './bar.js';
import { FailurePage } from './failure.js';
import { Legend } from './legend.js';
import { facts, failure, notice } from './model.js';
import { PatchCard } from './patch-card.js';
import { Stage } from './stage.js';

/** A slide with what a run says about it. */
export function App() {
  if (failure.value) return <FailurePage failure={failure.value} />;
  if (!facts.value) return <p class="opening" role="status">{t('Opening the slide…')}</p>;
  const { path, run } = facts.value;
  return (
    <>
      <Bar />
      {notice.value && <p class="notice" role="alert"><span class="codicon codicon-warning" aria-hidden="true" />{notice.value}</p>}
      <Stage key={path}>
        {run && <Legend />}
        {run && <PatchCard />}
      </Stage>
    </>
  );
}

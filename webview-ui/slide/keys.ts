import { verdicts } from '../../src/shared/judgements/verdicts.js';
import { judgeSelected } from './judge.js';
import { clearSelection, stepRank, stepTo } from './select.js';
import { stage } from './stage-handle.js';

/** Share of what is in sight that an arrow key moves. */
const panStep = 0.2;
const zoomStep = 1.5;

const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Arrows move, with shift from patch to patch; + and - zoom; 0 fits; N and P go by rank; 1, 2 and 3 judge the selected patch, Backspace takes it back; Escape selects nothing. */
export function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !act(event)) return;
  event.preventDefault();
  event.stopPropagation();
}

function act({ key, shiftKey }: KeyboardEvent): boolean {
  const arrow = arrows[key];
  if (arrow) {
    if (shiftKey) stepTo(...arrow);
    else stage.value?.panBy(arrow[0] * panStep, arrow[1] * panStep);
    return true;
  }
  switch (key) {
    case '+':
    case '=':
      stage.value?.zoomBy(zoomStep);
      return true;
    case '-':
    case '_':
      stage.value?.zoomBy(1 / zoomStep);
      return true;
    case '0':
    case 'Home':
      stage.value?.fit();
      return true;
    case 'n':
    case 'N':
      stepRank(1);
      return true;
    case 'p':
    case 'P':
      stepRank(-1);
      return true;
    case '1':
    case '2':
    case '3':
      judgeSelected(verdicts[Number(key)]);
      return true;
    case 'Backspace':
    case 'Delete':
      judgeSelected('none');
      return true;
    case 'Escape':
      clearSelection();
      return true;
  }
  return false;
}

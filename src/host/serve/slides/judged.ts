import { judgementsFile, readJudgements } from '../../../shared/judgements/file.js';
import { standingJudgements } from '../../../shared/judgements/standing.js';
import { verdicts } from '../../../shared/judgements/verdicts.js';
import type { JudgedPlaces } from '../../../shared/rpc/slides.js';
import type { RunMaterial } from '../run-material.js';

/** The standing judgements of a slide; lines that cannot be read are passed over, the view of mined negatives tells of them. @throws HardmineError `file-denied`. */
export function judgedPlaces({ experiment, experimentFolder }: RunMaterial, slide: string): JudgedPlaces {
  const standing = standingJudgements(readJudgements(judgementsFile(experiment, experimentFolder)).judgements).filter((judgement) => judgement.slide === slide);
  return {
    x: Float64Array.from(standing, ({ x }) => x),
    y: Float64Array.from(standing, ({ y }) => y),
    size: Float64Array.from(standing, ({ size }) => size),
    verdict: Uint8Array.from(standing, ({ verdict }) => verdicts.indexOf(verdict)),
  };
}

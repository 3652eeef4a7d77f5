import type { CardSection } from '../../../report/card.js';
import type { StudySummary } from '../../../shared/study/summary.js';
import type { StudyMaterial } from '../material.js';
import type { StudyClaim } from '../oracle.js';
import { studyCard } from './card.js';
import { studyMethods } from './methods.js';
import { oracleTable, studyTables, type StudyTable } from './words.js';

/** A study in words, for any medium. */
export interface ToldStudy {
  readonly summary: StudySummary;
  readonly tables: readonly StudyTable[];
  /** How its runs were made, for a paper. */
  readonly methods: string;
  readonly card: readonly CardSection[];
}

/** @param claims what choosing by test would have claimed; undefined where nobody asked. */
export function toldStudy(material: StudyMaterial, summary: StudySummary, claims?: readonly StudyClaim[]): ToldStudy {
  const tables = [...studyTables(summary), ...(claims ? [oracleTable(claims, material.experiment)] : [])];
  return { summary, tables, methods: studyMethods(material), card: studyCard(material, summary) };
}

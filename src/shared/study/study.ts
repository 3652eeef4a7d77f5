import { z } from 'zod';

const member = {
  repeat: z.int(),
  fold: z.int().nullable(),
  seed: z.int(),
};

/**
 * `study.json`, written once when the study is made. It names the run folder of every member before any has
 * begun, so that members may run on different machines without writing here; how each is doing its own folder says.
 */
export const studySchema = z.object({
  name: z.string(),
  /** Absolute path of the experiment file. */
  experimentFile: z.string(),
  /** Milliseconds since 1970. */
  created: z.number(),
  members: z.array(z.object({ ...member, /** Relative to the study folder. */ run: z.string() })),
});
export type Study = z.output<typeof studySchema>;

/** `member.json`. */
export const studyMemberSchema = z.object({ ...member, /** The study folder, relative to the run folder. */ study: z.string() });
export type MemberFile = z.output<typeof studyMemberSchema>;

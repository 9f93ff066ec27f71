import type { Knowledge } from '../../core/classify/knowledge.ts';
import { readProject } from '../../io/project/read-project.ts';
import { readKnowledge } from '../../io/read-catalog.ts';
import type { ReportFlags } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** What verdicts rest on. The user's own are named, since they can come from a directory that somebody else filled. */
export async function findKnowledge({ catalog }: Pick<ReportFlags, 'catalog'>, terminal: Terminal): Promise<Knowledge> {
  const project = catalog ? await readProject(terminal.machine) : null;
  const overrides = project?.overrides ?? {};
  if (Object.keys(overrides).length > 0) terminal.note(`Using the overrides of ${project?.shownPath}.`);
  return { ...readKnowledge({ catalog }), overrides };
}

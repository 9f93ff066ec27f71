import { basename, relative } from 'node:path';
import type { Policy } from '../../core/policy/policy.ts';
import { applyEdits, type PolicyEdit, policyEdits } from '../../core/policy/recommend/merge.ts';
import { recommend } from '../../core/policy/recommend/recommend.ts';
import { parseReviewed, reviewedLines } from '../../core/policy/recommend/reviewed-record.ts';
import type { ToolEntry } from '../../core/policy/recommend/tool-entry.ts';
import type { ProjectServer } from '../../core/project/project.ts';
import { projectServerOf } from '../../core/project/project-server-of.ts';
import type { FileToWrite } from '../../io/files/write-together.ts';
import type { FileLine } from '../../render/init/init-text.ts';
import { plural } from '../../render/text/counts.ts';
import { toolName } from '../../render/text/tool-name.ts';
import { treatmentCounts, treatmentWords } from '../../render/text/treatment-words.ts';
import type { DecidedServer } from './decide.ts';
import type { Chosen } from './scan-chosen.ts';
import type { Setting } from './setting.ts';

/** A file as it will be, and what to say of it. */
export interface PlannedFile extends FileToWrite {
  /** As a person in the working directory would type it. */
  readonly shownPath: string;
  readonly holds: string;
  /** What becomes of a policy that is there, tool by tool. */
  readonly changes: readonly string[];
}

/** The files in which the decisions end: the policies, then the project file that names them. */
export async function plannedFiles(
  decided: readonly DecidedServer[],
  chosen: readonly Chosen[],
  { setting, workingDirectory }: { readonly setting: Setting; readonly workingDirectory: string },
): Promise<PlannedFile[]> {
  const { project } = setting;
  const shown = (path: string): string => relative(workingDirectory, path) || basename(path);
  const files: PlannedFile[] = [];
  const entries = new Map<string, ProjectServer>();
  for (const server of decided) {
    const found = chosen.find(({ candidate }) => candidate.name === server.report.name);
    if (found === undefined) continue;
    const { path, existing } = found.place;
    const edits = existing === null ? [] : policyEdits(existing.policy, decidedIn(server));
    const counts = treatmentCounts([...server.entries.values()]);
    files.push({
      path,
      text: await policyText(server, found, edits),
      before: existing?.text ?? null,
      shownPath: shown(path),
      holds: `${plural(server.entries.size, 'tool')}${counts === '' ? '' : `: ${counts}`}`,
      changes: changesOf(server, edits),
    });
    entries.set(found.candidate.name, projectEntry(server, found));
  }
  const { editProjectText } = await import('../../io/project/edit-project-text.ts');
  files.push({
    path: project.path,
    text: editProjectText(project.text ?? '', basename(project.path), entries),
    before: project.text,
    shownPath: shown(project.path),
    holds: `${plural(entries.size, 'server')}, and where the policies are`,
    changes: [],
  });
  return files;
}

/** What is there is edited; what is new says why above every rule, where its format has room. */
async function policyText(
  { report, entries }: DecidedServer,
  { place }: Chosen,
  edits: readonly PolicyEdit[],
): Promise<string> {
  const { existing, format } = place;
  if (existing === null) {
    const tools = report.tools.map((tool) => ({ ...tool, ...(entries.get(tool.name) as ToolEntry) }));
    const policy = recommend(tools);
    if (format === 'json') return jsonText(policy);
    const { renderPolicyYaml } = await import('../../render/policy/policy-yaml.ts');
    return renderPolicyYaml({ ...report, tools, policy });
  }
  if (edits.length === 0) return existing.text;
  if (format === 'json') return jsonText(applyEdits(existing.policy, edits));
  const { editPolicyYaml } = await import('../../render/policy/edit-policy-yaml.ts');
  return editPolicyYaml(existing.text, edits, report.tools);
}

const decidedIn = ({ entries }: DecidedServer) => [...entries].map(([name, entry]) => ({ name, entry }));

/** "delete_order: hide", for each tool that the policy treats otherwise from now on. */
function changesOf(server: DecidedServer, edits: readonly PolicyEdit[]): string[] {
  const edited = new Set(edits.map(({ name }) => name));
  return decidedIn(server)
    .filter(({ name }) => edited.has(name))
    .map(({ name, entry }) => `${toolName(name)}: ${treatmentWords(entry)}`);
}

const jsonText = (policy: Policy): string => `${JSON.stringify(policy, null, 2)}\n`;

/** How a server is reached stays as the project file says it, unless the client that it was taken from says otherwise now. */
function projectEntry({ reviews, settled }: DecidedServer, { candidate, place }: Chosen): ProjectServer {
  const { name, server, held, inProject, isReachedAnew } = candidate;
  const clients = [...new Set([...(inProject?.clients ?? []), ...server.holders.map(({ client }) => client)])].sort();
  const record = parseReviewed(inProject?.reviewed ?? []);
  for (const { verdict, digest } of reviews) {
    if (digest !== null && settled.has(verdict.name)) record.set(verdict.name, digest);
  }
  const reached = inProject === null || isReachedAnew ? projectServerOf(name, held) : inProject;
  return { ...reached, policy: place.inProject, clients, ...(record.size > 0 && { reviewed: reviewedLines(record) }) };
}

/** What becomes of each file, to be agreed to. */
export function plannedLines(files: readonly PlannedFile[]): FileLine[] {
  return files.map(({ shownPath, before, text, holds, changes }) => ({
    path: shownPath,
    state: before === null ? 'new' : before === text ? 'unchanged' : 'changed',
    holds,
    changes,
  }));
}

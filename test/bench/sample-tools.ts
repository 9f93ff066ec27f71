/** Made-up tools of the shape that real servers have: names in several conventions, a few sentences, a few parameters. */
import type { Tool } from '../../src/core/tool.ts';

const VERBS = [
  'get',
  'list',
  'search',
  'create',
  'update',
  'delete',
  'run',
  'send',
  'archive',
  'count',
  'export',
  'cancel',
];
const OBJECTS = [
  'invoice',
  'customer',
  'branch',
  'message',
  'dashboard',
  'order',
  'pipeline',
  'comment',
  'table',
  'role',
];
const PLACES = ['project', 'workspace', 'account', 'database', 'team'];

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export function sampleTools(count: number): Tool[] {
  return Array.from({ length: count }, (_, at) => {
    const verb = pick(VERBS, at);
    const object = pick(OBJECTS, Math.floor(at / VERBS.length));
    const place = pick(PLACES, at);
    const name =
      at % 3 === 0
        ? `${verb}_${object}_${at}`
        : at % 3 === 1
          ? `${verb}${capital(object)}${at}`
          : `${object}-${verb}-${at}`;
    return {
      name,
      description:
        `${capital(verb)} one ${object} of a ${place}, by its id. Returns the ${object} with its name, state and the time of its last change. ` +
        `Use this when the ${place} is known; call list_${place}s first when it is not.`,
      inputSchema: {
        type: 'object',
        properties: {
          id: { type: 'string', description: `The id of the ${object}.` },
          [`${place}Id`]: { type: 'string', description: `The ${place} it is in.` },
          state: { type: 'string', enum: ['open', 'closed'], description: 'Only those in this state.' },
        },
        required: ['id'],
      },
      annotations: { readOnlyHint: at % 2 === 0 },
    };
  });
}

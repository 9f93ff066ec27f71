/** The project file, `policylayer.yaml`, version 1: which servers there are, and the user's own verdicts. It holds no secrets. */
import { z } from 'zod';
import { type Overrides, overridesSchema } from '../classify/override.ts';
import { REVIEWED_LINE } from '../policy/recommend/reviewed-record.ts';
import { hasForeignPlaceholder, placeholder } from './placeholder.ts';

const EXAMPLE = placeholder('NAME');

const valueSchema = z
  .string()
  .refine((value) => !hasForeignPlaceholder(value), { error: `a value from the environment is written "${EXAMPLE}"` })
  .describe(`"${EXAMPLE}" stands for a value of the environment, or of a client's own configuration of this server.`);

const projectServerSchema = z
  .strictObject({
    command: z.string().min(1).optional().describe('The program that is the server, run without a shell.'),
    args: z.array(z.string()).optional().describe(`Its arguments; "${EXAMPLE}" as in env.`),
    env: z
      .record(z.string().min(1), valueSchema)
      .optional()
      .describe('What the program gets beside PATH, HOME and their like.'),
    cwd: z
      .string()
      .min(1)
      .optional()
      .describe('Where the program is started, relative to this file; its directory unless given.'),
    url: valueSchema
      .regex(/^https?:\/\/[^/?#\s]/i, 'expected an http(s):// address')
      .optional()
      .describe('The address of a server that runs elsewhere.'),
    headers: z.record(z.string().min(1), valueSchema).optional().describe('Sent with every request to the address.'),
    policy: z.string().min(1).optional().describe('The policy of this server, relative to this file.'),
    clients: z.array(z.string().min(1)).optional().describe('The clients whose configuration holds this server.'),
    reviewed: z
      .array(z.string().regex(REVIEWED_LINE, 'expected a digest and the name of a tool'))
      .optional()
      .describe('The tools that were decided about, each behind a digest of what it was then.'),
  })
  .superRefine((server, context) => {
    const complain = (message: string, key?: string): void =>
      context.addIssue({ code: 'custom', message, ...(key !== undefined && { path: [key] }) });
    if ((server.command === undefined) === (server.url === undefined))
      return complain('expected either "command" or "url"');
    const misplaced = server.url === undefined ? (['headers'] as const) : (['args', 'env', 'cwd'] as const);
    for (const key of misplaced)
      if (server[key] !== undefined)
        complain(`"${key}" belongs to a server with "${server.url === undefined ? 'url' : 'command'}"`, key);
  })
  .meta({
    description: 'How one server is reached: a command, or an address.',
    oneOf: [{ required: ['command'] }, { required: ['url'] }],
  });

/** A name that fits on a line. */
const serverNameSchema = z.string().regex(/^\P{Cc}{1,200}$/u, 'expected a name of at most 200 characters on one line');

export const projectSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors.'),
    version: z.literal('1', { error: 'expected "1", in quotes' }).optional(),
    servers: z.record(serverNameSchema, projectServerSchema).nullish().describe('By the name you call the server.'),
    overrides: overridesSchema
      .nullish()
      .describe('Your own verdicts, by server and tool; "*" stands for every server.'),
  })
  .describe('The servers of a project and your own verdicts on their tools.');

export type ProjectServer = z.infer<typeof projectServerSchema>;

/** What a project file says. */
export interface Project {
  /** In the order of the file. */
  readonly servers: ReadonlyMap<string, ProjectServer>;
  readonly overrides: Overrides;
}

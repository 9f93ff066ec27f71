/** Parameters that hold a query, a request or the name of a command, for something else to carry out. */
import type { ToolClass } from '../../verdict.ts';
import type { Parameter } from '../parameters.ts';
import type { Rule } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';
import { isAboutCode } from './about-code.ts';
import { string } from './example-schemas.ts';
import { freeParameter, routedCommand } from './free-parameter.ts';
import { isReadOnlyText } from './limiting-text.ts';
import { hitOn } from './parameter-hit.ts';

/** `get_query_plan` runs no query, and `read_query` says which. */
function isAboutSql({ nameWords }: ToolView): boolean {
  return nameWords.some(({ text }) => ABOUT_SQL.has(text));
}
const ABOUT_SQL = new Set(['plan', 'queries', 'query', 'select', 'sql', 'statement']);

/** A free `query` is SQL where the text says so. */
function sqlQuery(view: ToolView): Parameter | undefined {
  const query = freeParameter(view, 'query');
  return query !== undefined && /\bSQL\b/i.test(view.description) ? query : undefined;
}

const freeSql: Rule = {
  id: 'parameters/free-sql',
  says: 'Execute',
  because: 'a query in free text can write as well as read',
  find: (view) => {
    const query = freeParameter(view, 'sql') ?? sqlQuery(view);
    if (query === undefined || isReadOnlyText(view.description)) return [];
    return [{ ...hitOn(query, 3.2), decisive: !isAboutCode(view) && !isAboutSql(view) }];
  },
  examples: {
    fires: [
      { name: 'database', inputSchema: { properties: { sql: string } } },
      { name: 'warehouse', inputSchema: { properties: { statement: string } } },
    ],
    silent: [
      { name: 'database1', description: 'Run a read-only query.', inputSchema: { properties: { sql: string } } },
      { name: 'archive', inputSchema: { properties: { query: string } } },
    ],
  },
};

const freeRequest: Rule = {
  id: 'parameters/free-request',
  says: 'Execute',
  because: 'where the request goes and what it does is up to the caller',
  find: (view) => {
    const endpoint = freeParameter(view, 'endpoint');
    if (endpoint === undefined || isRecorded(view)) return [];
    const verb = httpVerbOf(view);
    if (verb === 'Read') return [];
    const hasBody = view.parameters.some(({ key }) => key === 'body' || key === 'payload' || key === 'json_body');
    const methods = view.lexicon.parameters('method');
    const hasMethod = view.parameters.some(
      ({ key, values }) =>
        methods.has(key) &&
        (values.length === 0 ||
          values.some(({ value }) => view.lexicon.httpMethods.get(value.toLowerCase()) !== 'Read')),
    );
    if (!hasMethod && !(hasBody && verb !== null)) return [];
    return [{ ...hitOn(endpoint, 3), decisive: true }];
  },
  examples: {
    fires: [
      { name: 'api_request', inputSchema: { properties: { path: string, method: string, body: string } } },
      { name: 'crm_post', inputSchema: { properties: { path: string, body: { type: 'object' } } } },
    ],
    silent: [
      { name: 'crm_get', inputSchema: { properties: { path: string } } },
      { name: 'read_file', inputSchema: { properties: { path: string } } },
      { name: 'create_webhook', inputSchema: { properties: { url: string, http_method: string } } },
    ],
  },
};

/** `create_webhook`: where requests will go is written down, and none is made. */
function isRecorded({ nameActions: [main], lexicon }: ToolView): boolean {
  return (
    main !== undefined &&
    RECORDING.has(main.lemma) &&
    main.object.some((word) => RECORDED.has(word)) &&
    !lexicon.httpMethods.has(main.lemma)
  );
}
const RECORDING = new Set(['add', 'configure', 'create', 'edit', 'register', 'set', 'update', 'upsert']);
const RECORDED = new Set(['callback', 'hook', 'monitor', 'probe', 'subscription', 'webhook']);

/** The class of the one HTTP verb a name ends in (`crm_post`), if it does. */
function httpVerbOf({ lexicon, nameWords }: ToolView): ToolClass | null {
  return lexicon.httpMethods.get(nameWords.at(-1)?.text ?? '') ?? null;
}

const commandRouter: Rule = {
  id: 'parameters/command-router',
  says: 'Execute',
  because: 'what happens depends on the command that the caller names',
  find: (view) => {
    const command = routedCommand(view);
    return command === undefined ? [] : [hitOn(command, 3.5)];
  },
  examples: {
    fires: [
      { name: 'storage', inputSchema: { properties: { command: string, parameters: { type: 'object' } } } },
      { name: 'gateway', inputSchema: { properties: { tool_name: string, arguments: { type: 'object' } } } },
    ],
    silent: [
      { name: 'storage1', inputSchema: { properties: { command: string } } },
      { name: 'gateway1', inputSchema: { properties: { parameters: { type: 'object' } } } },
    ],
  },
};

export const requestParameterRules: readonly Rule[] = [freeSql, freeRequest, commandRouter];

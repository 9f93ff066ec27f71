/** What the input schema says: free code, SQL and requests, flags that destroy. */

import { isObject } from '../../tool.ts';
import { CLASS_TABLE, type ToolClass } from '../../verdict.ts';
import { isDestroyingKey, type Parameter, pathOf } from '../parameters.ts';
import type { Hit, Rule } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';
import { isReadOnlyText } from './limiting-text.ts';

const string = { type: 'string' };
const required = (name: string, description: string) => ({
  properties: { [name]: { type: 'string', description } },
  required: [name],
});
const choose = (name: string, ...values: string[]) => ({ type: 'object', properties: { [name]: { enum: values } } });

const isFree = ({ type, values, isOpen, isTop }: Parameter) =>
  isTop && (type === 'string' || type === null) && (isOpen || values.length === 0);

function freeParameter({ lexicon, parameters }: ToolView, group: string): Parameter | undefined {
  const names = lexicon.parameters(group);
  return parameters.find((parameter) => names.has(parameter.key) && isFree(parameter));
}

/** What a parameter is for shows early. */
const MAX_PARAMETER_TEXT = 300;

const hitOn = (parameter: Parameter, weight: number): Hit => ({
  field: pathOf(parameter),
  quote: parameter.name,
  weight,
});

/** "Analyse this code" runs nothing; where no verb is sure ("open"), code is what the tool is about. */
const CODE_WEIGHT = { beside: 1.2, alone: 2.5 };

/** Nothing else is written there. */
const SHELL = new Set(['bash', 'command_line', 'eval', 'powershell', 'shell_command']);
const JUDGING = new Set(
  'analyze audit check classify detect explain format inspect lint parse preview suggest translate validate verify'.split(
    ' ',
  ),
);

/** "Explain a command" runs nothing. */
function isAboutCode({ nameActions, descriptionActions }: ToolView): boolean {
  return [...nameActions, ...descriptionActions.actions].some(({ lemma }) => JUDGING.has(lemma));
}

/** `get_query_plan` runs no query, and `read_query` says which. */
function isAboutSql({ nameWords }: ToolView): boolean {
  return nameWords.some(({ text }) => ABOUT_SQL.has(text));
}
const ABOUT_SQL = new Set(['plan', 'queries', 'query', 'select', 'sql', 'statement']);

function saysItSurely({ nameActions, descriptionActions }: ToolView): boolean {
  return [...nameActions, ...descriptionActions.actions].some(({ strong }) => strong);
}

const freeCode: Rule = {
  id: 'parameters/free-code',
  says: 'Execute',
  because: 'what runs is whatever the caller writes there',
  find: (view) => {
    const code = freeParameter(view, 'code');
    if (code === undefined || routedCommand(view) !== undefined) return [];
    if (SHELL.has(code.key) && !isAboutCode(view)) return [{ ...hitOn(code, CODE_WEIGHT.alone), decisive: true }];
    return [hitOn(code, saysItSurely(view) ? CODE_WEIGHT.beside : CODE_WEIGHT.alone)];
  },
  examples: {
    fires: [
      { name: 'sandbox', inputSchema: { properties: { code: string } } },
      { name: 'terminal', inputSchema: { properties: { shellCommand: string } } },
    ],
    silent: [
      { name: 'sandbox1', inputSchema: { properties: { code: { type: 'integer' } } } },
      { name: 'terminal1', inputSchema: choose('command', 'status', 'version') },
    ],
  },
};

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

/** What runs there is only told by the parameter's own description. */
const RUNNING =
  /\b(?:shell|bash|powershell|(?<!\bselect )sql|python|javascript|code|script)\b[^.\n]{0,30}\b(?:to (?:run|execute|evaluate)|(?:will be|is|to be|gets) (?:run|executed|evaluated))\b/i;

const toldCode: Rule = {
  id: 'parameters/told-code',
  says: 'Execute',
  because: 'what runs is whatever the caller writes there',
  find: (view) => {
    const properties = view.tool.inputSchema?.properties;
    if (!isObject(properties) || changesSurely(view) || isAboutCode(view)) return NONE;
    let left = MAX_TOLD;
    for (const name in properties) {
      if (left-- === 0) break;
      const schema = properties[name];
      if (!isObject(schema) || typeof schema.description !== 'string' || schema.enum !== undefined) continue;
      const text = schema.description.slice(0, MAX_PARAMETER_TEXT);
      if (!text.includes('run') && !text.includes('execut') && !text.includes('evaluat')) continue;
      const quote = RUNNING.exec(text)?.[0];
      if (quote === undefined) continue;
      if (isReadOnlyText(view.description)) return NONE;
      return [{ field: `inputSchema.properties.${name}.description`, quote, weight: 2, decisive: true }];
    }
    return [];
  },
  examples: {
    fires: [
      {
        name: 'get_info',
        inputSchema: { properties: { q: { description: 'The shell command to execute on the host' } } },
      },
      { name: 'report', inputSchema: { properties: { filter: { description: 'Python code that will be executed' } } } },
    ],
    silent: [
      { name: 'list_runs', inputSchema: { properties: { id: { description: 'The id of the run' } } } },
      {
        name: 'lint_script',
        inputSchema: { properties: { text: { description: 'The script to run the checks on' } } },
      },
      { name: 'explain_command', inputSchema: { properties: { q: { description: 'The command to run' } } } },
    ],
  },
};
const MAX_TOLD = 1_000;
const NONE: readonly Hit[] = [];

const changesSurely = ({ nameActions: [main] }: ToolView): boolean =>
  main?.strong === true && CLASS_TABLE[main.class].category === 'Write';

/** A free `query` is SQL where the text says so. */
function sqlQuery(view: ToolView): Parameter | undefined {
  const query = freeParameter(view, 'query');
  return query !== undefined && /\bSQL\b/i.test(view.description) ? query : undefined;
}

const freeRequest: Rule = {
  id: 'parameters/free-request',
  says: 'Execute',
  because: 'where the request goes and what it does is up to the caller',
  find: (view) => {
    const endpoint = freeParameter(view, 'endpoint');
    if (endpoint === undefined) return [];
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
    ],
  },
};

/** The class of the one HTTP verb a name ends in (`crm_post`), if it does. */
function httpVerbOf({ lexicon, nameWords }: ToolView): ToolClass | null {
  return lexicon.httpMethods.get(nameWords.at(-1)?.text ?? '') ?? null;
}

/** A free command that comes with its own free arguments. */
function routedCommand(view: ToolView): Parameter | undefined {
  const bodies = view.lexicon.parameters('body');
  const command = freeParameter(view, 'router');
  if (command === undefined) return undefined;
  return view.parameters.some(({ key, type }) => type === 'object' && bodies.has(key)) ? command : undefined;
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

const destroyingFlag: Rule = {
  id: 'parameters/destroying-flag',
  says: 'Destructive',
  because: 'with that set, what a call removes is gone for good',
  find: ({ lexicon, parameters }) => {
    const names = lexicon.parameters('destroying');
    const flag = parameters.find(({ key, type }) => type === 'boolean' && (names.has(key) || isDestroyingKey(key)));
    return flag === undefined ? [] : [{ ...hitOn(flag, 2), decisive: true }];
  },
  examples: {
    fires: [
      { name: 'rename_table', inputSchema: { properties: { dropTarget: { type: 'boolean' } } } },
      { name: 'trash_page', inputSchema: { properties: { permanently: { type: 'boolean' } } } },
    ],
    silent: [
      { name: 'rename_table1', inputSchema: { properties: { dropTarget: string } } },
      { name: 'list_pages', inputSchema: { properties: { deleted: { type: 'boolean' } } } },
    ],
  },
};

/** Verbs that return what they get or make, unless it is put somewhere. */
const FETCHING = new Set(['download', 'export', 'save', 'record', 'dump']);
const CONVERTING = new Set(['convert', 'transform', 'synthesize']);

const outputFile: Rule = {
  id: 'parameters/output-file',
  says: 'Write',
  because: 'what a call gets is written to the file named there',
  find: ({ nameActions, descriptionActions, lexicon, parameters }) => {
    const fetches = nameActions.some(({ lemma }) => FETCHING.has(lemma));
    if (!fetches && !CONVERTING.has(descriptionActions.actions[0]?.lemma ?? '')) return [];
    const [output, destination] = [lexicon.parameters('output'), lexicon.parameters('destination')];
    const path = parameters.find(({ key }) => output.has(key) || (fetches && destination.has(key)));
    return path === undefined ? [] : [{ ...hitOn(path, 3), decisive: true }];
  },
  examples: {
    fires: [
      { name: 'download_page', inputSchema: { properties: { savePath: string } } },
      { name: 'export_chart', inputSchema: { properties: { output_file: string } } },
      {
        name: 'x6',
        description: 'Convert a text to speech.',
        inputSchema: { properties: { output_directory: string } },
      },
    ],
    silent: [
      { name: 'download_page1', inputSchema: { properties: { url: string } } },
      { name: 'take_picture', inputSchema: { properties: { savePath: string } } },
      { name: 'x7', description: 'Convert a page to text.', inputSchema: { properties: { filepath: string } } },
    ],
  },
};

const SAVING =
  /\b(?:where|path|file|filename|folder|directory|location)\b[^.\n]{0,60}\bto (?:save|write|store|export)\b|\b(?:saved|written|stored|exported) to\b/i;

const requiredFile: Rule = {
  id: 'parameters/required-file',
  says: 'Write',
  because: 'no call goes without a file to write to',
  find: ({ tool, lexicon, parameters }) => {
    const required = tool.inputSchema?.required;
    const properties = tool.inputSchema?.properties;
    if (!Array.isArray(required) || !isObject(properties)) return [];
    const [output, path] = [lexicon.parameters('output'), lexicon.parameters('path')];
    const parameter = parameters.find(({ name, key, isTop }) => {
      if (!isTop || !required.includes(name) || !(output.has(key) || path.has(key))) return false;
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const description = isObject(schema) ? schema.description : undefined;
      return typeof description === 'string' && SAVING.test(description.slice(0, MAX_PARAMETER_TEXT));
    });
    return parameter === undefined ? [] : [{ ...hitOn(parameter, 3), decisive: true }];
  },
  examples: {
    fires: [
      { name: 'capture_screen', inputSchema: required('filePath', 'The file to save the picture to') },
      { name: 'get_trace', inputSchema: required('output_path', 'Where to write the trace') },
    ],
    silent: [
      { name: 'capture_screen1', inputSchema: { properties: { filePath: { description: 'A file to save it to' } } } },
      { name: 'read_file2', inputSchema: required('file_path', 'The file to read') },
    ],
  },
};

export const parameterRules: readonly Rule[] = [
  freeCode,
  toldCode,
  freeSql,
  freeRequest,
  commandRouter,
  destroyingFlag,
  outputFile,
  requiredFile,
];

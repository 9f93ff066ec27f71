/** Parameters that say what a call leaves behind: what it removes for good, and the files it writes. */
import { isObject } from '../../tool.ts';
import { isDestroyingKey } from '../parameters.ts';
import type { Rule } from '../rule.ts';
import { string } from './example-schemas.ts';
import { hitOn, parameterText } from './parameter-hit.ts';

const required = (name: string, description: string) => ({
  properties: { [name]: { type: 'string', description } },
  required: [name],
});

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
      return SAVING.test(parameterText(schema) ?? '');
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

/** What is handed over to somebody: a message has no amount. */
const GIVING = new Set(['award', 'gift', 'give', 'grant', 'issue', 'send', 'tip']);

const amountGiven: Rule = {
  id: 'parameters/amount-given',
  says: 'Financial',
  because: 'what is handed over has an amount',
  find: ({ nameActions: [named], descriptionActions, lexicon, parameters }) => {
    const gives = GIVING.has(named?.lemma ?? '') || GIVING.has(descriptionActions.actions[0]?.lemma ?? '');
    if (!gives) return [];
    const names = lexicon.parameters('amount');
    const amount = parameters.find(({ key, isTop }) => isTop && names.has(key));
    return amount === undefined ? [] : [{ ...hitOn(amount, 3), decisive: true }];
  },
  examples: {
    fires: [
      { name: 'send_voucher', inputSchema: { properties: { amount: { type: 'number' }, to: string } } },
      { name: 'give_bonus', inputSchema: { properties: { amount: string } } },
    ],
    silent: [
      { name: 'send_note', inputSchema: { properties: { to: string } } },
      { name: 'add_expense', inputSchema: { properties: { amount: { type: 'number' } } } },
    ],
  },
};

const BOOKING = new Set(['book', 'complete', 'confirm', 'order', 'place', 'reserve', 'submit']);

const paidWith: Rule = {
  id: 'parameters/paid-with',
  says: 'Financial',
  because: 'what is booked is paid with that',
  find: ({ nameActions: [named], descriptionActions, lexicon, parameters }) => {
    const books = BOOKING.has(named?.lemma ?? '') || BOOKING.has(descriptionActions.actions[0]?.lemma ?? '');
    if (!books) return [];
    const names = lexicon.parameters('payment');
    const payment = parameters.find(({ key, isTop }) => isTop && names.has(key));
    return payment === undefined ? [] : [{ ...hitOn(payment, 3), decisive: true }];
  },
  examples: {
    fires: [
      { name: 'book_cabin', inputSchema: { properties: { payment_method: string } } },
      { name: 'confirm_stay', inputSchema: { properties: { payment_id: string } } },
    ],
    silent: [
      { name: 'book_desk', inputSchema: { properties: { day: string } } },
      { name: 'list_stays', inputSchema: { properties: { payment_id: string } } },
    ],
  },
};

export const outcomeParameterRules: readonly Rule[] = [destroyingFlag, outputFile, requiredFile, amountGiven, paidWith];

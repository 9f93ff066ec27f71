/** Actions that the caller chooses from: the values of a parameter, and the lists that a description gives. */
import { CLASS_TABLE, type ToolClass } from '../../verdict.ts';
import { type ClassHit, type Example, type RuleFamily, rulesByClass } from '../rule.ts';
import { choose } from './example-schemas.ts';
import { CALL } from './verb-family.ts';

const ACTION_EXAMPLES: Readonly<Record<ToolClass, { fires: readonly Example[]; silent: readonly Example[] }>> = {
  Financial: {
    fires: [
      { name: 'orders', inputSchema: choose('action', 'list', 'cancel', 'place') },
      { name: 'billing', inputSchema: choose('operation', 'refund', 'list') },
    ],
    silent: [
      { name: 'notes', inputSchema: choose('action', 'list', 'create') },
      { name: 'orders1', inputSchema: choose('status', 'pay', 'refund') },
    ],
  },
  Destructive: {
    fires: [
      { name: 'labels', inputSchema: choose('action', 'list', 'create', 'delete') },
      { name: 'api', inputSchema: choose('method', 'DELETE') },
    ],
    silent: [
      { name: 'labels1', inputSchema: choose('action', 'list', 'create') },
      { name: 'labels2', inputSchema: choose('color', 'delete', 'drop') },
    ],
  },
  Execute: {
    fires: [
      { name: 'service', inputSchema: choose('command', 'start', 'stop') },
      { name: 'api1', inputSchema: choose('method', 'GET', 'POST') },
    ],
    silent: [
      { name: 'service1', inputSchema: choose('command', 'list', 'get') },
      { name: 'api2', inputSchema: choose('method', 'GET', 'HEAD') },
    ],
  },
  Write: {
    fires: [
      { name: 'labels3', inputSchema: choose('action', 'list', 'create') },
      { name: 'pages', inputSchema: choose('operation', 'update', 'get') },
    ],
    silent: [
      { name: 'labels4', inputSchema: choose('action', 'list', 'get') },
      { name: 'pages1', inputSchema: choose('format', 'update', 'create') },
    ],
  },
  Read: {
    fires: [
      { name: 'labels5', inputSchema: choose('action', 'list', 'get') },
      { name: 'pages2', inputSchema: choose('operation', 'search', 'count') },
    ],
    silent: [
      { name: 'labels6', inputSchema: choose('action', 'create', 'update') },
      { name: 'pages3', inputSchema: choose('mode', 'red', 'green', 'blue') },
    ],
  },
  Other: {
    fires: [
      { name: 'server', inputSchema: choose('action', 'ping', 'help') },
      { name: 'server1', inputSchema: choose('command', 'login', 'logout') },
    ],
    silent: [
      { name: 'server2', inputSchema: choose('action', 'get', 'list') },
      { name: 'server3', inputSchema: choose('mode', 'fast', 'slow') },
    ],
  },
};

/** The values of a parameter such as `action`. */
export const chosenActions: RuleFamily = {
  rules: rulesByClass((toolClass) => ({
    id: `parameters/${toolClass.toLowerCase()}-action`,
    because: CALL[toolClass],
    examples: ACTION_EXAMPLES[toolClass],
  })),
  find: ({ choices }) => onceEach(choices.map(({ field, value, class: says }) => ({ says, field, quote: value }))),
};

const LISTED: Readonly<Record<ToolClass, string>> = {
  Financial: 'refund, list',
  Destructive: 'delete, list',
  Execute: 'run, list',
  Write: 'create, list',
  Read: 'get, list',
  Other: 'ping, login',
};

/** The items of a list such as "Actions: create, delete". */
export const listedActions: RuleFamily = {
  rules: rulesByClass((toolClass) => ({
    id: `description/listed-${toolClass.toLowerCase()}-action`,
    because: CALL[toolClass],
    examples: {
      fires: [
        { name: `x_${toolClass}`, description: `Actions: ${LISTED[toolClass]}.` },
        { name: `y_${toolClass}`, description: `Supported operations:\n- ${LISTED[toolClass].replace(', ', '\n- ')}` },
      ],
      silent: [
        { name: `z_${toolClass}`, description: 'Actions are recorded.' },
        { name: `w_${toolClass}`, description: 'Modes: fast, slow.' },
      ],
    },
  })),
  find: ({ listedActions: listed, description }) =>
    onceEach(
      listed.map(({ start, end, class: says }) => ({
        says,
        field: 'description',
        quote: description.slice(start, end),
      })),
    ),
};

const ACTION_WEIGHT = 2;

/** All of them are shown, but ten harmless actions weigh no more than one. What changes something can certainly be done. */
function onceEach(actions: readonly Omit<ClassHit, 'weight'>[]): readonly ClassHit[] {
  if (actions.length === 0) return NONE;
  const weighed = new Set<ToolClass>();
  return actions.map((action) => {
    const weight = weighed.has(action.says) ? 0 : ACTION_WEIGHT;
    weighed.add(action.says);
    return { ...action, weight, decisive: CLASS_TABLE[action.says].category === 'Write' };
  });
}

const NONE: readonly ClassHit[] = [];

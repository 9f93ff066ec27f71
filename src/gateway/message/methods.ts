/** Methods of MCP, of any revision, by what is known of them. Of others nothing is taken for granted. */

const CHANGE_NOTHING = [
  'initialize',
  'server/discover',
  'ping',
  'tools/list',
  'prompts/list',
  'prompts/get',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'completion/complete',
];

/** What may be asked twice where nobody knows whether it arrived. A call is never among it. */
export const REPEATABLE: ReadonlySet<string> = new Set([...CHANGE_NOTHING, 'notifications/initialized']);

/** What calls no tool, whatever its parameters are called. */
export const CALLS_NO_TOOL: ReadonlySet<string> = new Set([
  ...CHANGE_NOTHING,
  'resources/subscribe',
  'resources/unsubscribe',
  'subscriptions/listen',
  'logging/setLevel',
  'tasks/get',
  'tasks/result',
  'tasks/list',
  'tasks/cancel',
  'tasks/update',
]);

/** Parameters that hold code or a command line. */
import { isObject } from '../../tool.ts';
import { CLASS_TABLE } from '../../verdict.ts';
import type { Parameter } from '../parameters.ts';
import type { Hit, Rule } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';
import { isAboutCode } from './about-code.ts';
import { choose, string } from './example-schemas.ts';
import { freeParameter, routedCommand } from './free-parameter.ts';
import { isReadOnlyText } from './limiting-text.ts';
import { hitOn, parameterText } from './parameter-hit.ts';

/** "Analyse this code" runs nothing; where no verb is sure ("open"), code is what the tool is about. */
const CODE_WEIGHT = { beside: 1.2, alone: 2.5 };

/** Nothing else is written there. */
const SHELL = new Set(['bash', 'command_line', 'eval', 'powershell', 'shell_command']);

function saysItSurely({ nameActions, descriptionActions }: ToolView): boolean {
  return [...nameActions, ...descriptionActions.actions].some(({ strong }) => strong);
}

const freeCode: Rule = {
  id: 'parameters/free-code',
  says: 'Execute',
  because: 'what runs is whatever the caller writes there',
  find: (view) => {
    const code = freeParameter(view, 'code');
    if (code === undefined || routedCommand(view) !== undefined || isIdentifier(code, view)) return [];
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
      { name: 'share', inputSchema: { properties: { code: { type: 'string', description: 'Stock code' } } } },
      { name: 'terminal1', inputSchema: choose('command', 'status', 'version') },
    ],
  },
};

/** "Country code", "LOINC code", "股票代码": a code that stands for something. */
function isIdentifier({ key, name }: Parameter, { tool }: ToolView): boolean {
  const properties = tool.inputSchema?.properties;
  const text = key === 'code' && isObject(properties) ? parameterText(properties[name]) : undefined;
  return text !== undefined && IDENTIFIER.test(text);
}
const IDENTIFIER =
  /\b(?:airport|area|bar|category|city|country|coupon|currency|customer|department|discount|error|IATA|ICAO|ICD|invitation|invite|ISO|item|language|LOINC|postal|product|project|promo|QR|referral|SNOMED|station|status|stock|verification|ZIP) codes?\b|(?:股票|基金|证券|城市|国家|车站)代码|銘柄コード/i;

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
      const text = parameterText(schema);
      if (text === undefined || (isObject(schema) && schema.enum !== undefined)) continue;
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

export const codeParameterRules: readonly Rule[] = [freeCode, toldCode];

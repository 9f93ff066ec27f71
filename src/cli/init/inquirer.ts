import { createPromptModule } from 'inquirer';
import type { PromptContext } from './ask.ts';

export interface Choice<Value> {
  readonly value: Value;
  readonly name: string;
  /** What is left of it once it was chosen. */
  readonly short?: string;
  readonly description?: string;
  readonly checked?: boolean;
}

interface Question<Value> {
  readonly message: string;
  readonly choices: readonly Choice<Value>[];
  /** Lines of the list. */
  readonly pageSize: number;
}

const HELP = (keys: readonly (readonly [key: string, action: string])[]): string =>
  [...keys, ['esc', 'back'] as const].map(([key, action]) => `${key} ${action}`).join(' · ');
const theme = { style: { keysHelpTip: HELP } };

/** One of several. */
export async function selectOne<Value>(context: PromptContext, question: Question<Value>): Promise<Value> {
  const { answer } = await createPromptModule(context)([
    { type: 'select', name: 'answer', loop: false, theme, ...question, choices: [...question.choices] },
  ]);
  return answer as Value;
}

/** One or more of several. */
export async function selectSome<Value>(context: PromptContext, question: Question<Value>): Promise<readonly Value[]> {
  const { answer } = await createPromptModule(context)([
    {
      type: 'checkbox',
      name: 'answer',
      loop: false,
      required: true,
      theme,
      ...question,
      choices: [...question.choices],
    },
  ]);
  return answer as readonly Value[];
}

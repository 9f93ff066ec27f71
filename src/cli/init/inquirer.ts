import { createPromptModule } from 'inquirer';
import { keyLines } from '../../render/init/keys-text.ts';
import type { PromptContext } from './ask-or-back.ts';

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

/** The library's keys and ours, where a narrow screen breaks them in words that belong together. */
function themeFor({ output }: PromptContext) {
  const columns = ('columns' in output && Number(output.columns)) || 80;
  return {
    style: {
      keysHelpTip: (keys: [key: string, action: string][]) => keyLines([...keys, ['esc', 'back']], columns).join('\n'),
    },
  };
}

/** One of several. */
export async function selectOne<Value>(context: PromptContext, question: Question<Value>): Promise<Value> {
  const { answer } = await createPromptModule(context)([
    {
      type: 'select',
      name: 'answer',
      loop: false,
      theme: themeFor(context),
      ...question,
      choices: [...question.choices],
    },
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
      theme: themeFor(context),
      ...question,
      choices: [...question.choices],
    },
  ]);
  return answer as readonly Value[];
}

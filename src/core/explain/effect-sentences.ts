/** What is said of a tool where one of its effects says more of the danger than its class. */
import type { Classification } from '../classification.ts';
import type { Effect } from '../verdict.ts';

interface Said {
  readonly withoutPolicy: string;
  readonly advice: string;
}

/** What is said instead where an effect says more of the danger than the class, the most telling first. */
const OF_EFFECT: Readonly<Record<'Read' | 'Write', readonly (readonly [Effect, Said])[]>> = {
  Read: [
    [
      'secrets',
      {
        withoutPolicy:
          'Without a policy what it returns stands in the conversation, one call away from any tool that sends.',
        advice: 'It returns credentials, which raises it above other tools of its class.',
      },
    ],
    [
      'untrusted',
      {
        withoutPolicy:
          'Without a policy an agent reads what strangers wrote, and may act on it with any other tool that it has.',
        advice:
          'Reading is usually safe to allow; an agent that reads what strangers write should not also send or pay.',
      },
    ],
    [
      'private',
      {
        withoutPolicy:
          'Without a policy an agent may read as much as it likes, and hand it to any other tool it may call.',
        advice:
          'Tools that only read are usually safe to allow, as long as the agent does not also read what strangers write and send.',
      },
    ],
  ],
  Write: [
    [
      'access',
      {
        withoutPolicy: 'Without a policy, whoever steers the agent decides who gets in.',
        advice: 'It changes who may do what, which raises it above other tools of its class.',
      },
    ],
    [
      'send',
      {
        withoutPolicy:
          'Without a policy an agent may send in the name of its user, and what is sent cannot be called back.',
        advice: 'A limit on how often it may be called keeps an agent from sending much at once.',
      },
    ],
  ],
};

/** What an effect says of the tool beyond its class; null where the class says it all. */
export function ofEffect({ class: toolClass, effects }: Pick<Classification, 'class' | 'effects'>): Said | null {
  if (toolClass !== 'Read' && toolClass !== 'Write') return null;
  return OF_EFFECT[toolClass].find(([effect]) => effects.includes(effect))?.[1] ?? null;
}

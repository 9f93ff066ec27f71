/** Every rule there is. A test holds that each file of this folder is registered here. */
import type { EffectRule, Rule } from '../rule.ts';
import { annotationRules } from './annotation-rules.ts';
import { descriptionRules } from './description-rules.ts';
import { effectRules as effects } from './effect-rules.ts';
import { nameRules } from './name-rules.ts';
import { parameterRules } from './parameter-rules.ts';
import { textRules } from './text-rules.ts';

export const classRules: readonly Rule[] = [
  ...nameRules,
  ...descriptionRules,
  ...parameterRules,
  ...textRules,
  ...annotationRules,
];

export const effectRules: readonly EffectRule[] = effects;

/** Every rule there is. A test holds that each file of this folder is registered here. */
import { type EffectRule, type Rule, type RuleFamily, rulesOf } from '../rule.ts';
import { accessRules } from './access-rules.ts';
import { chosenActions, listedActions } from './action-rules.ts';
import { annotationRules } from './annotation-rules.ts';
import { codeParameterRules } from './code-parameter-rules.ts';
import { descriptionVerbs, superlative } from './description-rules.ts';
import { furtherVerbRules } from './further-verb-rules.ts';
import { nameRules, nameVerbs, titleVerbs } from './name-rules.ts';
import { outcomeParameterRules } from './outcome-parameter-rules.ts';
import { privateRules } from './private-rules.ts';
import { requestParameterRules } from './request-parameter-rules.ts';
import { secretsRules } from './secrets-rules.ts';
import { sendRules } from './send-rules.ts';
import { textRules } from './text-rules.ts';
import { untrustedRules } from './untrusted-rules.ts';

export const families: readonly RuleFamily[] = [nameVerbs, titleVerbs, descriptionVerbs, chosenActions, listedActions];

export const singleRules: readonly Rule[] = [
  ...nameRules,
  ...codeParameterRules,
  ...requestParameterRules,
  ...outcomeParameterRules,
  ...furtherVerbRules,
  superlative,
  ...textRules,
  ...annotationRules,
];

/** All rules for a class, those of families one by one. */
export const classRules: readonly Rule[] = [...families.flatMap(rulesOf), ...singleRules];

/** In the order of `EFFECTS`. */
export const effectRules: readonly EffectRule[] = [
  ...accessRules,
  ...sendRules,
  ...secretsRules,
  ...untrustedRules,
  ...privateRules,
];

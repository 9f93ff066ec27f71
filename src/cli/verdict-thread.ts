/** A thread that judges blocks of lines. */
import type { Overrides } from '../core/classify/override.ts';
import { readKnowledge } from '../io/read-catalog.ts';
import { answerQuestions } from '../io/threads/answer-questions.ts';
import { blockJudge } from './judge-block.ts';

// Lines are from no known server, so the catalog of those is not read.
answerQuestions((overrides: Overrides) => blockJudge({ ...readKnowledge({ catalog: false }), overrides }));

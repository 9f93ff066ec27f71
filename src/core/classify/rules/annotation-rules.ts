/**
 * What the server claims about itself. A claim can raise a verdict that the text leaves in doubt; a claim of harmlessness
 * is never evidence, since the specification tells clients not to trust hints.
 */
import type { Rule } from '../rule.ts';

const notReadOnly: Rule = {
  id: 'annotations/not-read-only',
  says: 'Write',
  because: 'its server does not claim that it only reads',
  find: ({ tool }) =>
    tool.annotations?.readOnlyHint === false
      ? [{ field: 'annotations.readOnlyHint', quote: 'false', weight: 0.9 }]
      : [],
  examples: {
    fires: [
      { name: 'x1', annotations: { readOnlyHint: false } },
      { name: 'x2', annotations: { readOnlyHint: false, destructiveHint: false } },
    ],
    silent: [
      { name: 'x3', annotations: { readOnlyHint: true } },
      { name: 'x4', annotations: {} },
    ],
  },
};

const destructive: Rule = {
  id: 'annotations/destructive',
  says: 'Destructive',
  because: 'its server warns that a call may destroy',
  find: ({ tool }) =>
    tool.annotations?.destructiveHint === true && tool.annotations.readOnlyHint === false
      ? [{ field: 'annotations.destructiveHint', quote: 'true', weight: 0.8 }]
      : [],
  examples: {
    fires: [
      { name: 'remove_entry', annotations: { destructiveHint: true, readOnlyHint: false } },
      { name: 'clear_entry', annotations: { destructiveHint: true, readOnlyHint: false } },
    ],
    silent: [
      { name: 'x3', annotations: { destructiveHint: true, readOnlyHint: true } },
      { name: 'x4', annotations: { destructiveHint: false, readOnlyHint: false } },
    ],
  },
};

export const annotationRules: readonly Rule[] = [notReadOnly, destructive];

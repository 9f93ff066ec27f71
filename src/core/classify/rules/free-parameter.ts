/** Parameters that take whatever the caller writes. */
import type { Parameter } from '../parameters.ts';
import type { ToolView } from '../tool-view.ts';

const isFree = ({ type, values, isOpen, isTop }: Parameter) =>
  isTop && (type === 'string' || type === null) && (isOpen || values.length === 0);

/** The first free parameter whose name is of that group of the lexicon. */
export function freeParameter({ lexicon, parameters }: ToolView, group: string): Parameter | undefined {
  const names = lexicon.parameters(group);
  return parameters.find((parameter) => names.has(parameter.key) && isFree(parameter));
}

/** A free command that comes with its own free arguments. */
export function routedCommand(view: ToolView): Parameter | undefined {
  const bodies = view.lexicon.parameters('body');
  const command = freeParameter(view, 'router');
  if (command === undefined) return undefined;
  return view.parameters.some(({ key, type }) => type === 'object' && bodies.has(key)) ? command : undefined;
}

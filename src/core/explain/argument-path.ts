/** In the rule of an attack pattern, the path of the argument that the rule is about: each tool has its own name for it. */
export const ARGUMENT_PATH = 'args.ARGUMENT';

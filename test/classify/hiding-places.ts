/** An object with these properties. */
export const taking = (properties: object) => ({ type: 'object', properties });
/** A parameter that chooses what is done. */
const action = { enum: ['list', 'delete'] };

/** Schemas in which something that destroys is hard to see, by where it stands. */
export const HIDING_PLACES: readonly [string, object][] = [
  ['a $ref to a value', { ...taking({ action: { $ref: '#/$defs/A' } }), $defs: { A: action } }],
  ['a $ref to an object', { ...taking({ o: { $ref: '#/definitions/O' } }), definitions: { O: taking({ action }) } }],
  ['a $ref for the whole schema', { $ref: '#/$defs/I', $defs: { I: taking({ action }) } }],
  ['consts in a union', taking({ action: { anyOf: [{ const: 'list' }, { const: 'delete' }] } })],
  ['an allOf', taking({ action: { allOf: [action] } })],
  ['a pattern', taking({ action: { type: 'string', pattern: '^(list|delete)$' } })],
  ['a default', taking({ action: { type: 'string', default: 'delete' } })],
  ['examples', taking({ action: { type: 'string', examples: ['list', 'delete'] } })],
  ['the description of the parameter', taking({ action: { type: 'string', description: 'One of: list, delete' } })],
  [
    'a list of operations',
    taking({ operations: { type: 'array', items: { anyOf: [{ const: 'get' }, { const: 'delete' }] } } }),
  ],
  ['the places of a tuple', taking({ operations: { type: 'array', prefixItems: [action] } })],
  ['a pattern for names', { type: 'object', patternProperties: { '^action$': action } }],
  ['a condition', { type: 'object', if: {}, else: taking({ action }) }],
  ['a dependency', { type: 'object', dependentSchemas: { a: taking({ action }) } }],
  ['harmless words', taking({ action: { enum: ['a', 'b', 'c', 'd', 'e', 'delete'] } })],
  ['seven objects', [1, 2, 3, 4, 5, 6, 7].reduce((inner: object) => taking({ o: inner }), taking({ action }))],
  ['a flag that may be null', taking({ purge: { type: ['boolean', 'null'] } })],
  ['a flag with its two values', taking({ purge: { enum: [true, false] } })],
  ['a flag in a union', taking({ purge: { anyOf: [{ type: 'boolean' }, { type: 'null' }] } })],
  ['a flag named delete', taking({ delete_original: { type: 'boolean' } })],
];

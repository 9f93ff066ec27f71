/** Input schemas as the examples of rules need them. */

export const string = { type: 'string' };

export const choose = (name: string, ...values: string[]) => ({
  type: 'object',
  properties: { [name]: { enum: values } },
});

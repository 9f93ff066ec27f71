/** A server over stdio that offers what the official conformance suite asks of a server. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  CreateMessageResultSchema,
  ElicitResultSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
  SetLevelRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQAAAAA=';
const text = (words: string) => ({ type: 'text', text: words });
const image = { type: 'image', data: PIXEL, mimeType: 'image/png' };
const embedded = (uri: string) => ({ type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'embedded' } });

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;
type Arguments = Readonly<Record<string, unknown>>;

async function asked(extra: Extra, message: string, properties: object, required: readonly string[] = []) {
  const params = { message, requestedSchema: { type: 'object', properties, required } };
  const request = { method: 'elicitation/create', params } as ServerRequest;
  const answer = await extra.sendRequest(request, ElicitResultSchema);
  return [text(`User response: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`)];
}

const PEOPLE = { type: 'string', enum: ['option1', 'option2', 'option3'] };
const TITLED = ['One', 'Two', 'Three'].map((title, at) => ({ const: `value${at + 1}`, title: `${title} Option` }));

const TOOLS: Readonly<Record<string, (args: Arguments, extra: Extra) => Promise<object[]> | object[]>> = {
  test_simple_text: () => [text('This is a simple text response for testing.')],
  test_image_content: () => [image],
  test_audio_content: () => [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }],
  test_embedded_resource: () => [embedded('test://embedded-resource')],
  test_multiple_content_types: () => [text('Several kinds:'), image, embedded('test://mixed-content-resource')],
  async test_tool_with_logging(_args, extra) {
    for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed'])
      await extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
    return [text('Logged.')];
  },
  async test_tool_with_progress(_args, extra) {
    const { progressToken = 0 } = extra._meta ?? {};
    for (const progress of [0, 50, 100]) {
      const params = { progressToken, progress, total: 100 };
      await extra.sendNotification({ method: 'notifications/progress', params });
    }
    return [text(String(progressToken))];
  },
  async test_sampling({ prompt }, extra) {
    const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: String(prompt) } }];
    const request = { method: 'sampling/createMessage' as const, params: { messages, maxTokens: 100 } };
    const { content } = await extra.sendRequest(request, CreateMessageResultSchema);
    return [text(`LLM response: ${'text' in content ? content.text : ''}`)];
  },
  test_elicitation: ({ message }, extra) =>
    asked(
      extra,
      String(message),
      {
        username: { type: 'string', description: "User's response" },
        email: { type: 'string', description: "User's email address" },
      },
      ['username', 'email'],
    ),
  test_elicitation_sep1034_defaults: (_args, extra) =>
    asked(extra, 'Look these over.', {
      name: { type: 'string', default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true },
    }),
  test_elicitation_sep1330_enums: (_args, extra) =>
    asked(extra, 'Choose.', {
      untitledSingle: PEOPLE,
      titledSingle: { type: 'string', oneOf: TITLED },
      legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
      untitledMulti: { type: 'array', items: PEOPLE },
      titledMulti: { type: 'array', items: { anyOf: TITLED } },
    }),
  json_schema_2020_12_tool: () => [text('done')],
};

const SCHEMAS: Readonly<Record<string, object>> = {
  json_schema_2020_12_tool: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
    properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
    additionalProperties: false,
  },
};

const server = new Server(
  { name: 'conformance', version: '1' },
  {
    capabilities: {
      tools: {},
      prompts: {},
      resources: { subscribe: true },
      logging: {},
      completions: {},
    },
  },
);

server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: [...Object.keys(TOOLS), 'test_error_handling'].map((name) => ({
    name,
    description: `Does what ${name} says.`,
    inputSchema: { type: 'object' as const, ...SCHEMAS[name] },
  })),
}));
server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: args = {} } }, extra) => {
  if (name === 'test_error_handling')
    return { isError: true, content: [text('This tool intentionally returns an error for testing')] };
  return { content: (await TOOLS[name]?.(args, extra)) ?? [] };
});

const RESOURCES = ['test://static-text', 'test://static-binary', 'test://watched-resource'];
server.setRequestHandler(ListResourcesRequestSchema, () => ({
  resources: RESOURCES.map((uri) => ({ uri, name: uri, description: 'A resource.', mimeType: 'text/plain' })),
}));
server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
  resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template', mimeType: 'application/json' }],
}));
server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
  if (uri === 'test://static-binary') return { contents: [{ uri, mimeType: 'image/png', blob: PIXEL }] };
  const id = /^test:\/\/template\/(.+)\/data$/.exec(uri)?.[1];
  if (id !== undefined) {
    const data = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
    return { contents: [{ uri, mimeType: 'application/json', text: data }] };
  }
  return { contents: [{ uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' }] };
});
for (const schema of [SubscribeRequestSchema, UnsubscribeRequestSchema, SetLevelRequestSchema])
  server.setRequestHandler(schema, () => ({}));
server.setRequestHandler(CompleteRequestSchema, () => ({ completion: { values: [], total: 0, hasMore: false } }));

const PROMPTS: Readonly<Record<string, { readonly asks: readonly string[]; says: (args: Arguments) => object[] }>> = {
  test_simple_prompt: { asks: [], says: () => [text('This is a simple prompt for testing.')] },
  test_prompt_with_arguments: {
    asks: ['arg1', 'arg2'],
    says: ({ arg1, arg2 }) => [text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)],
  },
  test_prompt_with_embedded_resource: {
    asks: ['resourceUri'],
    says: ({ resourceUri }) => [embedded(String(resourceUri)), text('Please process the embedded resource above.')],
  },
  test_prompt_with_image: { asks: [], says: () => [image, text('Please analyze the image above.')] },
};
server.setRequestHandler(ListPromptsRequestSchema, () => ({
  prompts: Object.entries(PROMPTS).map(([name, { asks }]) => ({
    name,
    description: `The prompt ${name}.`,
    arguments: asks.map((each) => ({ name: each, description: 'A value.', required: true })),
  })),
}));
server.setRequestHandler(GetPromptRequestSchema, ({ params: { name, arguments: args = {} } }) => ({
  messages: (PROMPTS[name]?.says(args) ?? []).map((content) => ({ role: 'user' as const, content })) as never,
}));

await server.connect(new StdioServerTransport());

/** Configurations as people and programs write them: any order, indentation, comments, line ends, and things of their own. */
import fc from 'fast-check';

export interface AnyConfig {
  readonly file: 'json' | 'toml' | 'yaml';
  readonly text: string;
}

interface Style {
  readonly indent: string;
  readonly lineEnd: string;
  readonly mark: boolean;
  readonly trailingCommas: boolean;
  readonly comments: boolean;
  /** Short objects stand on one line. */
  readonly compact: boolean;
  readonly finalLine: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom('  ', '    ', '\t', ' '),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  mark: fc.boolean(),
  trailingCommas: fc.boolean(),
  comments: fc.boolean(),
  compact: fc.boolean(),
  finalLine: fc.boolean(),
});

const text = fc.oneof(
  fc.constantFrom(
    'x',
    'a b',
    '',
    'é"\\',
    '# no comment',
    '// nor this',
    '}',
    ']',
    "'",
    ': ',
    '- ',
    'yes',
    '1',
    '\u{1F600}',
    '$x',
  ),
  fc.string({ maxLength: 12 }),
);
const key = fc.oneof(
  fc.constantFrom('memory', 'my server', 'a.b', '__proto__', 'constructor', 'é'),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const env = fc.dictionary(fc.constantFrom('LEVEL', 'API_KEY', 'A'), text, { maxKeys: 3 });
const extra = fc.dictionary(
  fc.constantFrom('disabled', 'timeout', 'note', 'tools'),
  fc.oneof(fc.boolean(), fc.nat(), text, fc.array(text, { maxLength: 2 })),
  { maxKeys: 3 },
);

const started = fc
  .tuple(
    fc.constantFrom('npx', 'node', '/usr/bin/x y'),
    fc.array(text, { maxLength: 4 }),
    fc.option(env, { nil: undefined }),
    extra,
  )
  .map(([command, args, env, extra]) => ({ ...extra, command, args, ...(env !== undefined && { env }) }));
const remote = fc
  .tuple(
    fc.constantFrom('https://mcp.example.com/mcp', 'http://localhost:1/x?api_key=s3cr3t-t0ken'),
    fc.option(
      fc.dictionary(fc.constantFrom('Authorization', 'X-Team'), fc.constantFrom('Bearer 0123456789abcdef', 'b'), {
        maxKeys: 2,
      }),
      { nil: undefined },
    ),
    extra,
  )
  .map(([url, headers, extra]) => ({ type: 'http', ...extra, url, ...(headers !== undefined && { headers }) }));

const servers = fc.uniqueArray(fc.tuple(key, fc.oneof(started, remote)), {
  minLength: 1,
  maxLength: 4,
  selector: ([name]) => name,
});
const others = fc.uniqueArray(
  fc.tuple(fc.constantFrom('model', 'theme', 'list'), fc.oneof(text, fc.boolean(), fc.array(text, { maxLength: 2 }))),
  {
    maxLength: 3,
    selector: ([name]) => name,
  },
);

/** `mcpServers` among other settings. */
export const anyConfig: fc.Arbitrary<AnyConfig> = fc
  .tuple(fc.constantFrom('json', 'toml', 'yaml'), others, servers, style)
  .map(([file, others, servers, style]) => ({ file, text: printed(file, others, servers, style) }));

type Members = readonly (readonly [string, unknown])[];

function printed(file: AnyConfig['file'], others: Members, servers: Members, style: Style): string {
  const lines =
    file === 'toml'
      ? tomlLines(others, servers, style)
      : file === 'yaml'
        ? yamlLines(others, servers, style)
        : jsonLines(others, servers, style);
  return (
    (style.mark && file !== 'toml' ? '\uFEFF' : '') + lines.join(style.lineEnd) + (style.finalLine ? style.lineEnd : '')
  );
}

function jsonLines(others: Members, servers: Members, style: Style): string[] {
  const whole: Members = [...others, ['mcpServers', new Map(servers)]];
  return objectLines(whole, style, '');
}

function objectLines(members: Members, style: Style, indent: string): string[] {
  const inner = indent + style.indent;
  const lines = members.flatMap(([key, value], at) => {
    const comma = at < members.length - 1 || style.trailingCommas ? ',' : '';
    const comment = style.comments && at % 2 === 0 ? ' // said { of it' : '';
    const nested = value instanceof Map || (isPlain(value) && !style.compact) ? membersOf(value) : null;
    if (nested === null || nested.length === 0) {
      const simple = nested === null ? value : {};
      return [`${inner}${JSON.stringify(key)}: ${JSON.stringify(simple)}${comma}${comment}`];
    }
    const [first = '', ...rest] = objectLines(nested, style, inner);
    const above = style.comments ? [`${inner}/* above "${at}": { */`] : [];
    return [...above, `${inner}${JSON.stringify(key)}: ${first}`, ...rest.slice(0, -1), `${rest.at(-1)}${comma}`];
  });
  return ['{', ...lines, `${indent}}`];
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const membersOf = (value: object): Members => (value instanceof Map ? [...value] : Object.entries(value));

/** What TOML and YAML take between double quotes as JSON does. */
const quoted = (value: unknown): string => JSON.stringify(value).replaceAll('\u007F', '\\u007F');

function tomlLines(others: Members, servers: Members, style: Style): string[] {
  const pair = ([key, value]: readonly [string, unknown]): string =>
    `${quoted(key)} = ${tomlValue(value)}${style.comments ? ' # said [of] it' : ''}`;
  const tables = servers.flatMap(([name, entry]) => {
    const members = Object.entries(entry as object);
    const nested = style.compact ? [] : members.filter(([, value]) => isPlain(value));
    return [
      '',
      ...(style.comments ? ['# above = "it"'] : []),
      `[mcpServers.${quoted(name)}]`,
      ...members.filter((member) => !nested.includes(member)).map(pair),
      ...nested.flatMap(([key, value]) => [
        '',
        `[mcpServers.${quoted(name)}.${key}]`,
        ...Object.entries(value as object).map(pair),
      ]),
    ];
  });
  return [...others.map(pair), ...tables];
}

function tomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  if (!isPlain(value)) return quoted(value);
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${quoted(key)} = ${tomlValue(member)}`)
    .join(', ')} }`;
}

function yamlLines(others: Members, servers: Members, style: Style): string[] {
  const indent = style.indent.replace('\t', '  ');
  const comment = style.comments ? ' # said: of it' : '';
  const lines = (members: Members, depth: number): string[] =>
    members.flatMap(([key, value]) => {
      const start = `${indent.repeat(depth)}${quoted(key)}:`;
      if (isPlain(value) && membersOf(value).length > 0 && !(style.compact && depth > 1))
        return [`${start}${comment}`, ...lines(membersOf(value), depth + 1)];
      if (Array.isArray(value) && value.length > 0 && !style.compact)
        return [start, ...value.map((item) => `${indent.repeat(depth + 1)}- ${quoted(item)}`)];
      return [`${start} ${quoted(value)}${comment}`];
    });
  return lines([...others, ['mcpServers', new Map(servers)]], 0);
}

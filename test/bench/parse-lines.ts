/** The least a program can do with a tool a line: read each and parse it, nothing else. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const lines = createInterface({ input: createReadStream(process.argv[2] ?? ''), crlfDelay: Number.POSITIVE_INFINITY });
let tools = 0;
for await (const line of lines) if (JSON.parse(line).name) tools++;
process.stdout.write(`${tools}\n`);

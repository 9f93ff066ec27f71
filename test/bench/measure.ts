/** Times whole processes and functions. Two commands are run in turn, so that a slow moment of the machine hits both. */
import { spawn } from 'node:child_process';

/** Milliseconds that `node` takes for these arguments, from start to exit. Fails if it exits with anything but 0. */
export function timeNode(args: readonly string[], cwd?: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve(performance.now() - started)
        : reject(new Error(`node ${args.join(' ')} exited with ${code}: ${said}`)),
    );
  });
}

/** The median over `runs` of how many times longer the first command takes than the second, run in turn. */
export async function medianRatio(
  runs: number,
  first: readonly string[],
  second: readonly string[],
  cwd?: string,
): Promise<number> {
  await timeNode(first, cwd);
  await timeNode(second, cwd);
  const ratios: number[] = [];
  for (let run = 0; run < runs; run++) ratios.push((await timeNode(first, cwd)) / (await timeNode(second, cwd)));
  return median(ratios);
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length * percent) / 100)] ?? Number.NaN;
}

#!/usr/bin/env node
import { main } from '../dist/cli/main.js';

// Until main has judged, nothing must look like a yes.
process.exitCode = 2;
process.exitCode = await main(process.argv.slice(2), process);

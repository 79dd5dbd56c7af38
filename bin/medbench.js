#!/usr/bin/env node
// The pipelines are TypeScript run from source; tsx is a regular dependency, so no build step stands before the first command.
import { register } from "tsx/esm/api";

register();
await import("../pipelines/cli.ts");

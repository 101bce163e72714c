import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { type BenchTarget, CONTESTANTS, type Contestant } from './apnsContestants';
import { runServer, type ServerReady } from './apnsServer';
import { median, option } from './rounds';

/*
 * npm run bench: pushes per second and memory of this project's client beside others, on one server in a process of its own.
 * Every contestant runs in a new process, connects with one push, then sends all at once; rounds alternate.
 * On a busy computer look at the ratios, most of all at that of the CPU time: both of a pair ran within the same seconds.
 *   npm run bench -- --rounds 5 --counts 2000,20000
 */

interface Run {
  readonly pushesPerSecond: number;
  /** Of the process, user and system: unlike the rate, nearly the same on a busy computer. */
  readonly cpuMicrosecondsPerPush: number;
  /** Peak of the process, and how much of it came with the pushes, in megabytes. */
  readonly peakMb: number;
  readonly growthMb: number;
  /** Pushes that were not accepted, or never settled. */
  readonly lost: number;
  /** What the server answered less what was sent: doubles, or pushes that never came. */
  readonly difference: number;
}

interface RunOrder {
  readonly target: BenchTarget;
  readonly contestant: Contestant;
  readonly count: number;
}

const [role] = process.argv.slice(2);
if (role === 'server') void runServer();
else if (role === 'client') process.once('message', (order: RunOrder) => void runClient(order));
else void main();

async function main(): Promise<void> {
  const rounds = Number(option('--rounds') ?? 5);
  const counts = (option('--counts') ?? '2000,20000').split(',').map(Number);
  const server = fork(__filename, ['server']);
  const [ready]: [ServerReady] = (await once(server, 'message')) as [ServerReady];
  const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const credentials = { kind: 'token', key: key.toString(), keyId: 'ABCDE12345', teamId: 'TEAM123456' } as const;
  const names = Object.keys(CONTESTANTS) as Contestant[];

  for (const count of counts) {
    const runs = new Map(names.map((name): [Contestant, Run[]] => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      // Each round starts with another one: what wears off or warms up hits all of them.
      for (let turn = 0; turn < names.length; turn += 1) {
        const contestant = names[(round + turn) % names.length] ?? 'node:http2';
        const target = { ...ready, credentials };
        runs.get(contestant)?.push(await measure(server, { target, contestant, count }));
      }
    }
    print(count, rounds, runs);
  }
  server.disconnect();
}

async function measure(server: ChildProcess, order: RunOrder): Promise<Run> {
  const client = fork(__filename, ['client']);
  client.send(order);
  const [run]: [Run] = (await once(client, 'message')) as [Run];
  client.kill();
  server.send('count');
  const [answered]: [number] = (await once(server, 'message')) as [number];
  return { ...run, difference: answered - order.count - 1 };
}

async function runClient({ target, contestant, count }: RunOrder): Promise<void> {
  const send = CONTESTANTS[contestant](target);
  await send(count);
  const before = process.resourceUsage().maxRSS;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const outcomes = await Promise.all(Array.from({ length: count }, (_, index) => send(index)));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const peak = process.resourceUsage().maxRSS;
  process.send?.({
    pushesPerSecond: count / seconds,
    cpuMicrosecondsPerPush: (user + system) / count,
    peakMb: peak / 1024,
    growthMb: (peak - before) / 1024,
    lost: outcomes.filter((isAccepted) => !isAccepted).length,
  });
}

function print(count: number, rounds: number, runs: ReadonlyMap<Contestant, readonly Run[]>): void {
  const rows = [...runs].map(([name, all]) => {
    const of = (field: keyof Run) => median(all.map((run) => run[field]));
    const worst = (field: keyof Run) => Math.max(...all.map((run) => Math.abs(run[field])));
    return {
      name,
      rate: of('pushesPerSecond'),
      cpu: of('cpuMicrosecondsPerPush'),
      peak: of('peakMb'),
      growth: of('growthMb'),
      all,
      worst,
    };
  });
  const [plain] = rows;
  if (plain === undefined) return;
  console.log(`\n${count} in flight at once, median of ${rounds} rounds`);
  console.log(
    '                 pushes/s  ratio (each round)                     CPU µs/push  ratio  peak MB  ratio  growth MB  lost  difference',
  );
  for (const { name, rate, cpu, peak, growth, all, worst } of rows) {
    const toPlain = (field: keyof Run) =>
      all.map((run, index) => run[field] / (plain.all[index]?.[field] ?? Number.NaN));
    const ratios = toPlain('pushesPerSecond');
    const cells = [
      name.padEnd(16),
      rate.toFixed(0).padStart(8),
      `${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`.padEnd(38),
      cpu.toFixed(0).padStart(11),
      median(toPlain('cpuMicrosecondsPerPush')).toFixed(2).padStart(6),
      peak.toFixed(0).padStart(8),
      (peak / plain.peak).toFixed(2).padStart(6),
      growth.toFixed(0).padStart(10),
      String(worst('lost')).padStart(5),
      String(worst('difference')).padStart(11),
    ];
    console.log(cells.join(' '));
  }
}

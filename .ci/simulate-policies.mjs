// Has every request decided by a simulator that knows nothing of Crois: node simulate-policies.mjs CASES.json
// The file holds [{name, verdict, simulation}]; each case that the simulator decides otherwise is a line.
import { readFileSync } from 'node:fs'
import { runSimulation } from '@cloud-copilot/iam-simulate'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('Name the file with the cases: node simulate-policies.mjs CASES.json')
  process.exit(2)
}

const verdicts = { Allowed: 'ALLOWED', ExplicitlyDenied: 'EXPLICITLY_DENIED', ImplicitlyDenied: 'IMPLICITLY_DENIED' }
const cases = JSON.parse(readFileSync(file, 'utf8'))
let others = 0
for (const { name, verdict, simulation } of cases) {
  const answer = await runSimulation(simulation, {})
  const found = verdicts[answer.overallResult] ?? JSON.stringify(answer.errors)
  if (found !== verdict) {
    others += 1
    console.log(`${name}: ${verdict} here, ${found} there: ${JSON.stringify(simulation)}`)
  }
}
console.log(`${cases.length - others} of ${cases.length} requests are decided alike.`)
process.exit(others === 0 ? 0 : 1)

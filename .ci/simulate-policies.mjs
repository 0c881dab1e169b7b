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

// The simulator drops keys that its list of keys does not have; of these it has the fixed part only. Under another name,
// in the request and in the policies alike, they mean the same.
function renamed(simulation) {
  const text = JSON.stringify(simulation)
  return JSON.parse(text.replaceAll('kms:EncryptionContext:', 'aws:PrincipalTag/EncryptionContext:'))
}

async function decided(given) {
  const simulation = renamed(given)
  const answer = await runSimulation(simulation, {})
  const policies = JSON.stringify({ ...simulation, request: undefined })
  const dropped = (answer.result?.ignoredContextKeys ?? []).filter((key) => policies.includes(key))
  if (dropped.length > 0) {
    return `nothing, since it does not know ${dropped}`
  }
  return verdicts[answer.overallResult] ?? JSON.stringify(answer.errors)
}

const cases = JSON.parse(readFileSync(file, 'utf8'))
let others = 0
for (const { name, verdict, simulation } of cases) {
  const found = await decided(simulation)
  if (found !== verdict) {
    others += 1
    console.log(`${name}: ${verdict} here, ${found} there: ${JSON.stringify(simulation)}`)
  }
}
console.log(`${cases.length - others} of ${cases.length} requests are decided alike.`)
process.exit(others === 0 ? 0 : 1)

// Tells Yamcs to follow each command through the reports of service 1. XTCE has no words of its own for matching a
// report to its request, so these are of Yamcs, and our export leaves them out: they are added to each command here.

interface Stage {
  readonly element: string;
  readonly name: string;
  /** The subtype of its success report; that of its failure is one more. */
  readonly subtype: number;
}

const stages: readonly Stage[] = [
  { element: 'AcceptedVerifier', name: 'Accepted', subtype: 1 },
  { element: 'ExecutionVerifier', name: 'Started', subtype: 3 },
  { element: 'CompleteVerifier', name: 'Complete', subtype: 7 },
];

/**
 * Inputs in the order in which the algorithm wants them: sent and received application process and sequence count,
 * subtype. There is one application process, so the received one stands for the sent one too.
 */
const inputs = [
  ['request_apid', 'sentApid'],
  ['/yamcs/cmdHist/ccsds-seqcount', 'sentSeq'],
  ['request_apid', 'rcvdApid'],
  ['request_sequence_count', 'rcvdSeq'],
  ['subtype', 'subtype'],
] as const;

const inputLine = ([ref, name]: readonly [string, string]): string =>
  `      <InputParameterInstanceRef parameterRef="${ref}" inputName="${name}"/>`;

const verifier = ({ element, name, subtype }: Stage, command: string): string => `
<${element} name="${name}">
  <CustomAlgorithm name="verify_${command}_${name}">
    <AlgorithmText language="Java">org.yamcs.pus.Pus1Verifier({stage: ${subtype}})</AlgorithmText>
    <InputSet>
${inputs.map(inputLine).join('\n')}
    </InputSet>
  </CustomAlgorithm>
  <CheckWindow timeToStopChecking="PT8S" timeWindowIsRelativeTo="commandRelease"/>
</${element}>`;

/** The same mission database, with a set of verifiers at the end of each command. */
export const withVerifiers = (xtce: string): string =>
  xtce.replace(/<MetaCommand\b[^>]*\bname="([^"]+)"[\s\S]*?(?=<\/MetaCommand>)/g, (command, name) => {
    const set = stages.map((stage) => verifier(stage, name)).join('');
    return `${command}<VerifierSet>${set}\n</VerifierSet>`;
  });

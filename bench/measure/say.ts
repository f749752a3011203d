/** Progress goes to stderr: what is printed is the result alone. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Errors in AWS's REST-JSON shape: `x-amzn-errortype` and a JSON `message`. Texts as Bedrock words them. */

const STATUS = {
  ValidationException: 400,
  MissingAuthenticationTokenException: 403,
  IncompleteSignatureException: 403,
  UnrecognizedClientException: 403,
  AccessDeniedException: 403,
  UnknownOperationException: 404,
  ResourceNotFoundException: 404,
  ThrottlingException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const;

export type AwsErrorName = keyof typeof STATUS;

export class AwsError extends Error {
  override readonly name: AwsErrorName;
  readonly status: number;

  constructor(name: AwsErrorName, message: string) {
    super(message);
    this.name = name;
    this.status = STATUS[name];
  }
}

/**
 * The shape of an AWS Signature Version 4 header, or of an API key. The signature itself is not computed again: any key is accepted.
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { AwsError } from "./aws-error.ts";

const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=([a-z0-9:;-]+), ?Signature=([0-9a-f]{64})$/;

export function checkSignature(
  authorization: string | undefined,
  amzDate: string | undefined,
): void {
  if (authorization === undefined || authorization === "") {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  // An API key of Bedrock: docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html. Any is accepted.
  if (/^Bearer \S+$/.test(authorization)) return;
  const match = HEADER.exec(authorization);
  if (match === null) {
    throw new AwsError(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters of AWS4-HMAC-SHA256.",
    );
  }
  const [, , day = "", , service, signed = ""] = match;
  if (service !== "bedrock") {
    throw new AwsError(
      "UnrecognizedClientException",
      "Credential should be scoped to correct service: 'bedrock'.",
    );
  }
  if (amzDate === undefined || !amzDate.startsWith(day)) {
    throw new AwsError(
      "IncompleteSignatureException",
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.",
    );
  }
  if (!signed.split(";").some((name) => name === "host" || name === ":authority")) {
    throw new AwsError(
      "IncompleteSignatureException",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
}

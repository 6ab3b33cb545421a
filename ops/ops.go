// Package ops is how coupwatch is built, packed and kept running. The files are for
// other programs; the tests hold that they agree with one another and that what they
// make runs.
package ops

// Package deliver carries out jobs: messages to members in the order of their chat, files to fetch, timers.
//
// It knows leases, retries, rate limits and when to give up. It never knows a messenger's API (a Sender speaks it), a
// script, or how the jobs are stored (a Queue keeps them). A job may be carried out twice, at a hard kill or when a
// messenger's answer is lost; it is never forgotten, and never overtakes an earlier one of its lane.
package deliver

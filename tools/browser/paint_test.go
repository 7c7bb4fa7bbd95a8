package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
)

// bytesPerSecond are 1.6 Mbit.
const bytesPerSecond = 1.6e6 / 8

// BenchmarkTheListPaints opens the desk for the first time on a slow machine and a slow line: a quarter of this machine's
// speed, 1.6 Mbit/s, 40 ms away. It tells when the list stood there.
func BenchmarkTheListPaints(b *testing.B) {
	s := program(b)
	o := enters(b, s, "sara", "fa", "light", desk)
	o.until("members in the queue", func() bool { return o.waiting() == 8 })
	o.do(
		call(emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4}),
		call(network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}),
		call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Latency: 40, DownloadThroughput: bytesPerSecond, UploadThroughput: bytesPerSecond}},
		}),
	)
	painted := 0.0
	for b.Loop() {
		o.goes("/desk")
		painted += see[float64](o.window, "painted")
	}
	b.ReportMetric(painted/float64(b.N), "ms/paint")
}

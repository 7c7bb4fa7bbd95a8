package expect

// The hints. Their texts are content, in the three languages; a text may use the parameters of its kind: {min}, {max}.
const (
	hintText          = "expect.text"
	hintTextShort     = "expect.text_short"
	hintTextLong      = "expect.text_long"
	hintAccount       = "expect.account"
	hintDigits        = "expect.digits"
	hintDigitsCount   = "expect.digits_count"
	hintNumber        = "expect.number"
	hintNumberRange   = "expect.number_range"
	hintAmount        = "expect.amount"
	hintAmountToman   = "expect.amount_toman" // confirm: it was told in tomans
	hintDate          = "expect.date"
	hintDateDay       = "expect.date_day"  // the calendar has no such day
	hintDateYear      = "expect.date_year" // four digits, please
	hintDatePast      = "expect.date_past" // it must not lie in the future
	hintDateFuture    = "expect.date_future"
	hintDateConfirm   = "expect.date_confirm" // confirm: calendar or order was a guess
	hintPhone         = "expect.phone"
	hintPhoneMobile   = "expect.phone_mobile" // a land line
	hintEmail         = "expect.email"
	hintNationalID    = "expect.national_id"
	hintNationalCheck = "expect.national_id_check" // a digit is wrong
	hintNationalZeros = "expect.national_id_zeros" // confirm: leading zeros were added
	hintLegalID       = "expect.legal_id"          // not eleven digits
	hintLegalCheck    = "expect.legal_id_confirm"  // confirm: unusual
	hintEconomicNo    = "expect.economic_no"
	hintEconomicCheck = "expect.economic_no_confirm" // confirm: a foreigner's, or a slip
	hintEconomicOld   = "expect.economic_no_old"     // twelve digits: no longer valid
	hintPostalCode    = "expect.postal_code"         // not ten digits
	hintPostalConfirm = "expect.postal_code_confirm" // confirm: unusual
	hintOption        = "expect.option"
	hintUnit          = "expect.unit"
	hintFiles         = "expect.files"
	hintFilesMany     = "expect.files_many"
	hintContact       = "expect.contact"     // press the button
	hintContactOther  = "expect.contact_own" // someone else's card
	hintContactUnread = "expect.contact_unread"
	hintLocation      = "expect.location"
	hintCode          = "expect.code"
)

// Hints lists the ids of all hints, so that content can be checked to have a text for each.
func Hints() []string {
	return []string{
		hintText, hintTextShort, hintTextLong, hintAccount, hintDigits, hintDigitsCount, hintNumber, hintNumberRange,
		hintAmount, hintAmountToman, hintDate, hintDateDay, hintDateYear, hintDatePast, hintDateFuture, hintDateConfirm,
		hintPhone, hintPhoneMobile, hintEmail, hintNationalID, hintNationalCheck, hintNationalZeros, hintLegalID,
		hintLegalCheck, hintEconomicNo, hintEconomicCheck, hintEconomicOld, hintPostalCode, hintPostalConfirm, hintOption, hintUnit,
		hintFiles, hintFilesMany, hintContact, hintContactOther, hintContactUnread, hintLocation, hintCode,
	}
}

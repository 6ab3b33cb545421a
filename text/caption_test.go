package text

import "testing"

func TestIsCaption(t *testing.T) {
	for text, want := range map[string]bool{
		"The minister speaks to troops in Lome on May 2. (Ada Orn/AFP via Getty Images)": true,
		"Soldiers guard the palace. (AP)":                                                true,
		"Le ministre parle aux soldats. (photo Ada Orn)":                                 true,
		"Der Minister spricht mit Soldaten. (Foto: dpa)":                                 true,
		"Министр выступает перед солдатами. (Фото: Ада Орн)":                             true,
		"Soldiers stand at the palace in Lome. REUTERS/Ada Orn":                          true,
		"The minister said the coup had failed.":                                         false,
		"The minister (Ada Orn) said the coup had failed.":                               false,
		"LOME (Reuters) - The army said it had foiled a coup.":                           false,
		"The army said it had foiled a coup (see page 2).":                               false,
		"": false,
	} {
		if got := IsCaption(text); got != want {
			t.Errorf("%q is a caption: %v, want %v", text, got, want)
		}
	}
}

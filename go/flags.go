//go:build linux && cgo

package cloudauth

// Each of these is true for a yes alone: a no, and what the service did not say, are false. The fields tell the three apart.

// IsPassed says whether the person passed.
func (r *Result) IsPassed() bool { return r != nil && yes(r.Passed) }

// IsPassed says whether this step was passed.
func (f *Face) IsPassed() bool { return f != nil && yes(f.Passed) }

// IsAttack says whether a presentation attack was seen.
func (f *Face) IsAttack() bool { return f != nil && yes(f.Attack) }

// IsOccluded says whether the face is covered.
func (f *Face) IsOccluded() bool { return f != nil && yes(f.Occlusion) }

// IsRegistered says whether the face is in the library now.
func (f *Face) IsRegistered() bool { return f != nil && yes(f.Registered) }

// IsPassed says whether this step was passed.
func (d *Document) IsPassed() bool { return d != nil && yes(d.Passed) }

// IsPassed says whether this page was read.
func (p *Page) IsPassed() bool { return p != nil && yes(p.Passed) }

// IsDetected says whether the document looks like a copy or a forgery.
func (s *Spoof) IsDetected() bool { return s != nil && yes(s.Detected) }

// IsPermanent says whether the card is a permanent resident's.
func (i *Identity) IsPermanent() bool { return i != nil && yes(i.Permanent) }

func yes(flag *bool) bool { return flag != nil && *flag }
